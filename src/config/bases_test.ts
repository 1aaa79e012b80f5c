import { deepStrictEqual, rejects } from "node:assert/strict";
import { startHttpServer } from "../../tests/support/http_server.ts";
import { readBases } from "./bases.ts";
import { readSource } from "./source.ts";

/** Reads the bases that a list names, of `bases/` in a folder with these files. */
async function read(
  names: string,
  options: { readonly refused?: readonly string[]; readonly at?: string } = {},
) {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/bases/sub`, { recursive: true });
    await Deno.mkdir(`${folder}/bases-of-others`);
    for (
      const path of [
        "bases/a.yaml",
        "bases/sub/b.yaml",
        "bases/secrets.yaml",
        "bases-of-others/c.yaml",
        "secrets.yaml",
      ]
    ) await Deno.writeTextFile(`${folder}/${path}`, `from: ${path}\n`);
    await Deno.symlink("../secrets.yaml", `${folder}/bases/link.yaml`);
    await Deno.symlink("sub/b.yaml", `${folder}/bases/inner.yaml`);
    await Deno.symlink("bases", `${folder}/linked`);
    const app = `${folder}/app.yaml`;
    await Deno.writeTextFile(
      app,
      `bases: [${names.replaceAll("DIR", folder)}]\n`,
    );
    const source = await readSource(app, { what: "app config", naming: "-" });
    const refused = options.refused?.map((path) => `${folder}/${path}`) ?? [];
    const bases = await readBases(source, {
      basesDir: `${folder}/${options.at ?? "bases"}`,
      refused,
    });
    return bases.map(({ content }) => content["from"]);
  } catch (error) {
    throw new Error(String(error).replaceAll(folder, "DIR"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

for (
  const [names, at, found] of [
    ["a.yaml, sub/b.yaml", "bases", ["bases/a.yaml", "bases/sub/b.yaml"]],
    ["sub/../a.yaml", "bases", ["bases/a.yaml"]],
    ["./a.yaml", "bases/", ["bases/a.yaml"]],
    ["../bases/a.yaml", "bases", ["bases/a.yaml"]],
    ["DIR/bases/a.yaml", "bases", ["bases/a.yaml"]],
    ["inner.yaml", "bases", ["bases/sub/b.yaml"]],
    // The folder itself may be a link: who names it is trusted.
    ["a.yaml", "linked", ["bases/a.yaml"]],
    ["", "bases", []],
  ] as const
) {
  Deno.test(`readBases() reads ${names || "nothing"} of ${at}`, async () => {
    deepStrictEqual(await read(names, { at }), found);
  });
}

for (
  const name of [
    "../secrets.yaml",
    "sub/../../secrets.yaml",
    "../bases-of-others/c.yaml",
    "DIR/secrets.yaml",
    "/etc/hostname",
    "/proc/self/environ",
    "/dev/stdin",
    "link.yaml",
    "DIR/bases-of-others/c.yaml",
    "..",
  ]
) {
  Deno.test(`readBases() refuses ${name}`, async () => {
    await rejects(read(`a.yaml, ${name}`), {
      message: "CicdStateError: Cannot use app config file " +
        '"DIR/app.yaml" at line 1, column 17: ' +
        `"bases[1]" is "${name}", which is outside the folder of the bases`,
    });
  });
}

Deno.test("readBases() never reads the config or the secrets", async () => {
  for (const name of ["secrets.yaml", "./sub/../secrets.yaml"]) {
    await rejects(
      read(name, { refused: ["config.yaml", "bases/secrets.yaml"] }),
      /"bases\[0\]" is ".*", which is the config or the secrets/,
    );
  }
  await rejects(
    read("link.yaml", { at: ".", refused: ["secrets.yaml"] }),
    /no such file/,
  );
  await rejects(
    read("bases/link.yaml", { at: ".", refused: ["secrets.yaml"] }),
    /which is the config or the secrets/,
  );
});

Deno.test("readBases() reads bases of a web server, below its folder", async () => {
  await using server = startHttpServer((request) =>
    new Response(`from: ${request.path}\n`)
  );
  const basesDir = new URL(`${server.url}/team/bases`);
  const app = (name: string) =>
    readSource({ bases: [name] }, { what: "app config", naming: "-" });
  const [base] = await readBases(await app("a.yaml"), { basesDir });
  deepStrictEqual(base?.content, { from: "/team/bases/a.yaml" });
  for (
    const name of [
      "../secrets.yaml",
      "/secrets.yaml",
      "//127.0.0.1:1/a.yaml",
      "file:///etc/hostname",
      "http://127.0.0.1:1/a.yaml",
      "%2e%2e/secrets.yaml",
    ]
  ) {
    await rejects(
      readBases(await app(name), { basesDir }),
      /"bases\[0\]" is ".*", which is outside the folder of the bases/,
    );
  }
  deepStrictEqual(server.requests.length, 1);
});

Deno.test("readBases() reads bases of a file URL, and no other file", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/bases`);
    await Deno.writeTextFile(`${folder}/bases/a.yaml`, "a: 1\n");
    await Deno.writeTextFile(`${folder}/b.yaml`, "b: 1\n");
    for (const end of ["", "/"]) {
      const basesDir = new URL(`file://${folder}/bases${end}`);
      const app = (name: string) =>
        readSource({ bases: [name] }, { what: "app config", naming: "-" });
      const [base] = await readBases(await app("a.yaml"), { basesDir });
      deepStrictEqual(base?.content, { a: 1 });
      for (const name of ["../b.yaml", `${folder}/b.yaml`]) {
        await rejects(
          readBases(await app(name), { basesDir }),
          /which is outside the folder of the bases/,
        );
      }
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("readBases() needs the folder of the bases", async () => {
  for (const name of ["a.yaml", "/etc/hostname"]) {
    const app = await readSource({ bases: [name] }, {
      what: "app config",
      naming: "-",
    });
    await rejects(readBases(app, { basesDir: undefined }), {
      code: "CONFIG",
      message: "Cannot use the app config object: " +
        `"bases[0]" is "${name}", but the folder of the bases is not known`,
      hint:
        "Pass --bases-dir DIR to cicdstatemgr init, or set CICDSTATEMGR_BASES_DIR_PATH",
    });
  }
});
