import {
  deepStrictEqual,
  doesNotThrow,
  ok,
  strictEqual,
  throws,
} from "node:assert/strict";
import { encodeVariables, prepareVariables, type Target } from "./targets.ts";

const SHELLS: Readonly<Record<string, readonly string[]>> = {
  bash: ["bash", "--noprofile", "--norc"],
  dash: ["dash"],
  zsh: ["zsh", "-f"],
  "busybox sh": ["busybox", "sh"],
};

/** What prints the variables that a shell has before a script sets any. */
const LISTINGS: Readonly<Record<string, string>> = {
  bash: "compgen -v",
  dash: "set",
  // Each module of zsh adds its own.
  zsh: "() { local m n; for m in $module_path/zsh/**/*.so(N); do " +
    "n=zsh/${${m##*/zsh/}%.so}; zmodload $n; done } >/dev/null 2>&1; " +
    "print -l -- ${(k)parameters}",
  "busybox sh": "set",
};

/** Each of them runs a program when a shell evaluates it in some way. */
const NASTY = [
  "path[$(touch PWNED)1]",
  "a[$(touch PWNED)0]",
  "$(touch PWNED)",
  ";touch PWNED;",
  "touch PWNED",
];

/** Traces, does arithmetic, starts programs and changes folders. */
const SCRIPT =
  "true; : $((1 + 1)); (:); /bin/true; cd ..; cd - >/dev/null; set -x; echo end\n";

function prepare(
  target: Target | "environment",
  name: string,
  value = "",
) {
  const variable = { name, path: `state.${name}`, value };
  return prepareVariables([variable], { target, exported: false });
}

function isAllowed(target: Target | "environment", name: string): boolean {
  try {
    prepare(target, name);
    return true;
  } catch {
    return false;
  }
}

interface Run {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

async function run(
  [program, ...args]: readonly string[],
  { cwd = "/", env = {} }: Run = {},
): Promise<string> {
  const { stdout } = await new Deno.Command(program!, {
    args,
    cwd,
    clearEnv: true,
    env: { ...env, PATH: "/usr/bin:/bin" },
    stdin: "null",
    stderr: "null",
  }).output();
  return new TextDecoder().decode(stdout);
}

/** Returns every name that occurs in a shell and its modules. */
async function namesIn(shell: string): Promise<string[]> {
  const files = [await run(["sh", "-c", `command -v ${SHELLS[shell]![0]}`])];
  if (shell === "zsh") {
    files.push(
      await run(["zsh", "-fc", "print -l -- $module_path/zsh/**/*.so(N)"]),
    );
  }
  const names = new Set<string>();
  for (const file of files.join("").split("\n")) {
    if (file === "") continue;
    const bytes = await Deno.readFile(file);
    const text = new TextDecoder("latin1").decode(bytes);
    for (const [name] of text.matchAll(/[A-Za-z_][A-Za-z0-9_]+(?=\0)/g)) {
      if (name.length < 40) names.add(name);
    }
  }
  return [...names];
}

for (const [shell, command] of Object.entries(SHELLS)) {
  Deno.test(`prepareVariables() refuses each variable that ${shell} has`, async () => {
    const listed = await run([...command, "-c", LISTINGS[shell]!]);
    const names = listed.split("\n")
      .map((line) => /^[A-Za-z_]\w*(?==|$)/.exec(line)?.[0])
      .filter((name) => name !== undefined);
    ok(names.includes("OPTIND"), listed);
    deepStrictEqual(names.filter((name) => isAllowed("shell", name)), []);
  });

  Deno.test(`export lets ${shell} run no value, whatever name of its program it has`, async () => {
    const names = await namesIn(shell);
    ok(names.includes("OPTIND"));
    const assigned = names.filter((name) => isAllowed("shell", name));
    const passed = names.filter((name) => isAllowed("environment", name));
    ok(assigned.length > 100);
    const cwd = await Deno.makeTempDir();
    const wrong: string[] = [];
    try {
      for (const value of NASTY) {
        for (const exported of [false, true]) {
          const variables = assigned.flatMap((name) =>
            prepare("shell", name, value)
          );
          const text = encodeVariables(variables, {
            target: "shell",
            exported,
          });
          await Deno.writeTextFile(`${cwd}/file`, text + SCRIPT);
          const end = await run([...command, "-c", ". ./file"], { cwd });
          strictEqual(end, "end\n");
          if (await ran(cwd)) wrong.push(`${value} (exported: ${exported})`);
        }
        const env = Object.fromEntries(passed.map((name) => [name, value]));
        strictEqual(
          await run([...command, "-c", SCRIPT], { cwd, env }),
          "end\n",
        );
        if (await ran(cwd)) wrong.push(`${value} (environment)`);
      }
    } finally {
      await Deno.remove(cwd, { recursive: true });
    }
    deepStrictEqual(wrong, []);
  });
}

/** Reports whether a value was run, and forgets it. */
async function ran(folder: string): Promise<boolean> {
  try {
    await Deno.remove(`${folder}/PWNED`);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

const OF_PROGRAMS =
  "CICDSTATEMGR_CONFIG_PATH cicdstatemgr_config_path PATH Path PATHEXT " +
  "GIT_SSH_COMMAND GIT_SSH GIT_EXEC_PATH GIT_PAGER GIT_EDITOR GIT_ASKPASS GIT_CONFIG " +
  "GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_GLOBAL GIT_PROXY_COMMAND GIT_EXTERNAL_DIFF " +
  "GIT_TEMPLATE_DIR GIT_DIR GIT_WORK_TREE GIT_SEQUENCE_EDITOR GIT_SSL_NO_VERIFY GIT_TRACE " +
  "PERL5OPT PERL5LIB PYTHONSTARTUP PYTHONPATH RUBYOPT RUBYLIB JAVA_TOOL_OPTIONS " +
  "JDK_JAVA_OPTIONS _JAVA_OPTIONS NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS DENO_DIR " +
  "DENO_CERT SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE CURL_HOME HTTP_PROXY https_proxy " +
  "ALL_PROXY no_proxy REQUESTS_CA_BUNDLE PS0 PS1 PS2 PS3 PS4 PROMPT PROMPT_COMMAND " +
  "READNULLCMD LESSOPEN LESSCLOSE PAGER EDITOR VISUAL MAKEFLAGS MAKEFILES GCONV_PATH " +
  "BASH_ENV BASH_LOADABLES_PATH ENV ZDOTDIR HOME SHELL IFS GLIBC_TUNABLES LD_PRELOAD " +
  "DYLD_INSERT_LIBRARIES MALLOC_CHECK_ TMPDIR HOSTALIASES LOCPATH NLSPATH SSH_AUTH_SOCK " +
  "SSH_ASKPASS DOCKER_HOST DOCKER_CONFIG KUBECONFIG AWS_ACCESS_KEY_ID AWS_CONFIG_FILE " +
  "AWS_ENDPOINT_URL GOOGLE_APPLICATION_CREDENTIALS npm_config_registry NPM_CONFIG_PREFIX " +
  "PIP_INDEX_URL CARGO_HOME RUSTC RUSTC_WRAPPER GOFLAGS GOPROXY GOPATH GO111MODULE HISTFILE " +
  "INPUTRC TERMINFO TERMINFO_DIRS BROWSER SUDO_ASKPASS STTY REPORTTIME OPTIND";

/** Ordinary names, with a prefix from the command line or without one. */
const ORDINARY =
  "GIT_SHA GIT_BRANCH GIT_TAG GIT_sha GIT_branch GIT_COMMIT GIT_URL GIT_COMMIT_MESSAGE " +
  "IMAGE_TAG IMAGE_DIGEST DOCKER_IMAGE DOCKER_TAG NODE_VERSION NODE_ENV GO_VERSION DENO_VERSION " +
  "JAVA_VERSION AWS_REGION AWS_ACCOUNT_ID CI_sha APP_PATH APP_OPTIND sha branch tag tags__0 " +
  "commit_date version image environment url name id author message channel browser pager " +
  "VERSION TAG SHA BRANCH COMMIT URL NAME MESSAGE BUILD_NUMBER DATABASE_URL PORT";

Deno.test("prepareVariables() refuses what programs act on, wherever it reaches an environment", () => {
  const targets = [
    ...["shell", "dotenv", "github-env", "gitlab-dotenv"] as const,
    "environment",
  ] as const;
  for (const target of targets) {
    for (const name of OF_PROGRAMS.split(" ")) {
      throws(() => prepare(target, name), {
        code: "INPUT",
        message:
          `Cannot export "state.${name}": shells and programs act on the variable ${name}`,
        hint: "Add --prefix, such as --prefix APP_",
      });
    }
    for (const name of ORDINARY.split(" ")) {
      doesNotThrow(() => prepare(target, name), name);
    }
  }
});

Deno.test("prepareVariables() refuses names of shells for shells only", () => {
  for (const name of ["RANDOM", "SECONDS", "COLUMNS", "HOSTNAME", "status"]) {
    throws(() => prepare("shell", name), {
      code: "INPUT",
      message:
        `Cannot export "state.${name}": ${name} is a special variable of shells`,
    });
    for (const target of ["github-env", "gitlab-dotenv", "dotenv"] as const) {
      doesNotThrow(() => prepare(target, name));
    }
    doesNotThrow(() => prepare("environment", name));
  }
});
