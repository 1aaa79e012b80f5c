import { CicdStateError } from "../../errors.ts";
import type { Variable } from "./names.ts";

/** Names that programs act on: refused wherever variables reach an environment. */
const PROGRAM_NAMES: Readonly<Record<string, RegExp>> = {
  "this tool: a document must not choose its config": /^CICDSTATEMGR_/i,
  // In any case, as Windows finds it.
  "which programs run": /^PATH(?:EXT)?$/i,
  "the dynamic loader and libc":
    /^(?:LD_.*|DYLD_.*|MALLOC_.*|GLIBC_TUNABLES|GCONV_PATH|GETCONF_DIR|HOSTALIASES|LOCALDOMAIN|LOCPATH|NIS_PATH|NLSPATH|RESOLV_HOST_CONF|RES_OPTIONS|TZDIR|TMP|TEMP|TMPDIR)$/,
  "startup files, commands and prompts of shells":
    /^(?:BASH(?:OPTS|PID|_.*)|SHELLOPTS|ENV|ZDOTDIR|IFS|CDPATH|FPATH|MODULE_PATH|HOME|SHELL|PS[0-4]|(?:R?PROMPT|RPS)[0-9]?|SPROMPT|PROMPT_COMMAND|NULLCMD|READNULLCMD|STTY|FCEDIT|HISTFILE|INPUTRC|UID|EUID|PPID)$/,
  "numbers that zsh evaluates, or that keep dash from starting":
    /^(?:OPTIND|REPORT(?:TIME|MEMORY)|DIRSTACKSIZE|LOGCHECK|MAILCHECK|PERIOD|ZLE_RPROMPT_INDENT)$/,
  "programs that other programs start":
    /^(?:(?:[A-Z]+_)?(?:PAGER|EDITOR|ASKPASS)|VISUAL|BROWSER|LESS|LESS_.*|LESSOPEN|LESSCLOSE|LESSKEY.*|MANOPT|TERMCAP|TERMINFO.*|SUDO_.*|SSH_.*|RSYNC_(?:RSH|CONNECT_PROG)|CVS_RSH|TAR_OPTIONS|ZIPOPT|UNZIP)$/,
  // GIT_SHA and GIT_BRANCH are ordinary values, so Git has no family.
  "Git":
    /^GIT_(?:ALLOW_PROTOCOL|ALTERNATE_OBJECT_DIRECTORIES|ATTR_.*|CEILING_DIRECTORIES|COMMON_DIR|CONFIG.*|CURL_.*|DIFF_OPTS|DIR|DISCOVERY_ACROSS_FILESYSTEM|EXEC_PATH|EXTERNAL_DIFF|GRAFT_FILE|HTTP_.*|INDEX_FILE|NAMESPACE|OBJECT_DIRECTORY|PROTOCOL.*|PROXY_COMMAND|PROXY_SSL_.*|REPLACE_REF_BASE|SEQUENCE_EDITOR|SHALLOW_FILE|SSH|SSH_.*|SSL_.*|TEMPLATE_DIR|TERMINAL_PROMPT|TRACE.*|WORK_TREE)$/,
  "make and compilers":
    /^(?:G?MAKE|MAKEFLAGS|MAKEFILES|MFLAGS|CC|CXX|CPP|LD|AR|CFLAGS|CXXFLAGS|CPPFLAGS|LDFLAGS|CPATH|C_INCLUDE_PATH|CPLUS_INCLUDE_PATH|LIBRARY_PATH|GCC_.*|COMPILER_PATH|PKG_CONFIG.*|CMAKE_.*)$/,
  "Perl, Python, Ruby, PHP and Lua":
    /^(?:PERL5.*|PERLLIB|PERL_.*|PYTHON.*|PIP_.*|UV_.*|POETRY_.*|VIRTUAL_ENV|RUBYOPT|RUBYLIB|RUBYSHELL|GEM_(?:HOME|PATH|HOST)|BUNDLE_.*|PHPRC|PHP_INI_SCAN_DIR|LUA_(?:INIT|PATH|CPATH).*)$/,
  "Java":
    /^(?:JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS|JAVA_OPTS|JAVA_HOME|CLASSPATH|MAVEN_.*|M2_HOME|GRADLE_(?:OPTS|HOME|USER_HOME)|ANT_OPTS|SBT_OPTS)$/,
  // DENO_VERSION and NODE_VERSION are ordinary values.
  "JavaScript":
    /^(?:NODE_(?:OPTIONS|PATH|EXTRA_CA_CERTS|TLS_REJECT_UNAUTHORIZED|REPL_.*|V8_.*)|DENO_(?!VERSION$).*|BUN_(?!VERSION$).*|YARN_(?!VERSION$).*|ELECTRON_RUN_AS_NODE)$/,
  "npm, which takes both cases": /^NPM_CONFIG_/i,
  // So is GO_VERSION.
  "Go and Rust":
    /^(?:GO(?:ROOT|PATH|BIN|CACHE|ENV|FLAGS|PROXY|NOPROXY|PRIVATE|SUMDB|NOSUMDB|NOSUMCHECK|INSECURE|TOOLCHAIN|TOOLDIR|TMPDIR|MODCACHE|WORK|VCS|AUTH|DEBUG|EXPERIMENT|OS|ARCH|EXE|GCCFLAGS|1\d+MODULE|111MODULE)|CGO_.*|CARGO_.*|RUSTC.*|RUSTFLAGS|RUSTDOC.*|RUSTUP_.*)$/,
  "certificates and proxies":
    /^(?:SSL_CERT_.*|SSLKEYLOGFILE|OPENSSL_.*|CURL_.*|REQUESTS_CA_BUNDLE|.*_CA_BUNDLE|WGETRC|.*_PROXY|.*_proxy|NETRC|GNUPGHOME|KRB5.*)$/,
  // Tags, images, accounts and regions are ordinary values.
  "credentials and addresses of clouds and containers":
    /^(?:AWS_(?!(?:ACCOUNT(?:_ID)?|(?:DEFAULT_)?REGION)$).*|GOOGLE_APPLICATION_CREDENTIALS|CLOUDSDK_.*|AZURE_CONFIG_DIR|KUBECONFIG|KUBERNETES_SERVICE_(?:HOST|PORT)|HELM_.*|DOCKER_(?!(?:IMAGE|TAG|REPOSITORY|DIGEST|VERSION)$).*|BUILDKIT_.*|COMPOSE_.*|CONTAINER_HOST|CONTAINERS_.*|REGISTRY_AUTH_FILE|TF_(?:CLI_.*|DATA_DIR|PLUGIN_CACHE_DIR)|ANSIBLE_.*|VAULT_(?:ADDR|TOKEN|.*CERT|.*KEY))$/,
  "folders of configuration": /^XDG_.*$/,
};

/**
 * Names that bash, zsh, dash or busybox define or treat specially: refused where
 * a shell assigns them. Some are read-only, and some evaluate what is assigned.
 */
const SHELL_NAMES: Readonly<Record<string, RegExp>> = {
  "every shell":
    /^(?:_|ARGC|ARGV0|COLUMNS|EGID|EPOCH(?:REALTIME|SECONDS)|FIGNORE|FUNCNEST|GID|HIST.*|HOST|HOSTNAME|HOSTFILE|HOSTTYPE|LANG|LANGUAGE|LC_.*|LINENO|LINES|LOGNAME|MACHTYPE|MAIL|MAIL.*|OLDPWD|OPTARG|OPTERR|OSTYPE|PWD|RANDOM|REPLY|SECONDS|SHLVL|TERM|TIMEFORMAT|TIMEFMT|TMOUT|USER|USERNAME)$/,
  "bash":
    /^(?:BASH|CHILD_MAX|COMP_.*|COMPREPLY|COPROC.*|DIRSTACK|EMACS|EXECIGNORE|FUNCNAME|GLOBIGNORE|GLOBSORT|GROUPS|IGNOREEOF|INSIDE_EMACS|MAPFILE|PIPESTATUS|POSIX(?:LY_CORRECT|_PEDANTIC)|PROMPT_.*|READLINE_.*|SRANDOM|TEXTDOMAIN|TEXTDOMAINDIR|auto_resume|histchars)$/,
  "zsh":
    /^(?:BAUD|BUFFER.*|CORRECT_IGNORE.*|CPUTYPE|CURSOR|KEYBOARD_HACK|KEYTIMEOUT|LISTMAX|LISTPROMPT|MANPATH|MATCH|MBEGIN|MEND|MENU.*|POSTEDIT|PREDISPLAY|PSVAR|RPROMPT2?|SAVEHIST|TMPPREFIX|TMPSUFFIX|TRY_BLOCK_.*|TTY|TTYIDLE|VENDOR|WATCH|WATCHFMT|WORDCHARS|ZBEEP|ZCURSES_.*|ZFTP_.*|ZLE_.*|ZLS_.*|ZSH_.*|ZTCP_.*|ERRNO|SYSTEM_FD)$/,
  "zsh in lower case":
    /^(?:aliases|argv|builtins|cdpath|commands|dirstack|dis_.*|epochtime|errnos|ex(?:arr|int|str)|fignore|fpath|func(?:file|source)trace|funcstack|functions|functions_source|functrace|galiases|historywords|history|job(?:dirs|states|texts)|keymaps|langinfo|mailpath|manpath|mapfile|match|mbegin|mend|module_path|modules|nameddirs|options|parameters|patchars|path|pipestatus|prompt|psvar|reply|reswords|saliases|signals|status|sysparams|termcap|terminfo|userdirs|usergroups|watch|widgets|zcurses_.*|zgdbm_tied|zle_.*|zsh_.*|(?:chpwd|periodic|precmd|preexec|zshaddhistory|zshexit)_functions)$/,
};

const PROGRAMS = Object.values(PROGRAM_NAMES);
const SHELLS = Object.values(SHELL_NAMES);

/**
 * Checks that no program acts on a variable.
 *
 * @param variable The variable.
 * @param inShell Whether a shell assigns it.
 * @throws {CicdStateError} `INPUT`.
 */
export function checkReserved(
  { name, path }: Variable,
  inShell: boolean,
): void {
  const isListed = (regexp: RegExp) => regexp.test(name);
  const why = PROGRAMS.some(isListed)
    ? `shells and programs act on the variable ${name}`
    : inShell && SHELLS.some(isListed)
    ? `${name} is a special variable of shells`
    : undefined;
  if (why === undefined) return;
  throw new CicdStateError(
    "INPUT",
    `Cannot export "${path}": ${why}`,
    { hint: "Add --prefix, such as --prefix APP_", place: { path } },
  );
}
