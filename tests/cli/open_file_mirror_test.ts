import { match, ok, strictEqual } from "node:assert/strict";
import { programCommand } from "../support/program.ts";

Deno.test("a mirror that links to the file that stdout is sent to is refused", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.symlink("/dev/stdout", `${folder}/out`);
    const datasources = {
      sqlite: { path: "state.db", isPrimary: true },
      idfile: { path: "out" },
    };
    await Deno.writeTextFile(
      `${folder}/config.yaml`,
      JSON.stringify({ cicdstatemgr: { datasources } }),
    );
    await Deno.writeTextFile(
      `${folder}/app.yaml`,
      JSON.stringify({ "cicd-contexts": { stage: {} } }),
    );
    const { stderr } = await new Deno.Command("sh", {
      args: [
        "-c",
        `(echo first; "$@" init a1 --config config.yaml \\
          --app-config app.yaml; echo "status $?") > log`,
        "sh",
        ...programCommand(["--allow-all"]),
      ],
      cwd: folder,
      stdin: "null",
    }).output();
    match(
      new TextDecoder().decode(stderr),
      /^cicdstatemgr: Cannot write idfile out: .* is a file that a process has open\. Name the file itself, or pipe the output\.\n$/,
    );
    strictEqual(
      await Deno.readTextFile(`${folder}/log`),
      "first\nstatus 1\n",
    );
    ok((await Deno.lstat(`${folder}/out`)).isSymlink);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
