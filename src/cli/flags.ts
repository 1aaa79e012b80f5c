/** A flag of the command line. */
export interface Flag {
  /** Its name without dashes. */
  readonly name: string;
  /** Its one-letter form. */
  readonly short?: string;
  /** What its value is called in the help; without one it is a switch. */
  readonly value?: string;
  /** The environment variable that stands in for it. */
  readonly env?: string;
  /** What holds if it is not given, as the help shows it. */
  readonly default?: string;
  /** Whether every occurrence counts, not only the last. */
  readonly repeatable?: boolean;
  /** Whether the Python tool has it too, with its right to be shortened. */
  readonly inherited?: boolean;
  /** What it does. */
  readonly help: string;
}

/** Flags that the help shows together. */
export interface FlagGroup {
  readonly title: string;
  readonly flags: readonly Flag[];
}

/** Every flag. The first command that is given, in this order, is run. */
export const FLAG_GROUPS: readonly FlagGroup[] = [
  {
    title: "Commands (the first that is given, in this order, is run)",
    flags: [
      {
        name: "init-new",
        value: "ID",
        inherited: true,
        help: "Create document ID, store it everywhere and print ID.",
      },
      {
        name: "load",
        inherited: true,
        help: "Read the document from the primary, apply --set, run " +
          "--handle-event, and write it everywhere.",
      },
      {
        name: "get",
        value: "JSONPATH",
        inherited: true,
        help: "Print a value. Texts are rendered as templates.",
      },
      {
        name: "generate",
        value: "JSONPATH",
        inherited: true,
        help: "Run the generators found there.",
      },
      {
        name: "handle-event",
        value: "PIPELINE=EVENT",
        inherited: true,
        help: "Apply --set, then run the event's handlers.",
      },
      {
        name: "set",
        value: "PATH=VALUE",
        repeatable: true,
        inherited: true,
        help: "Change the document. Several pairs are split by |. " +
          "PATH[]=a,b appends to a list, PATH{}=a,b what it lacks, PATH[]=[] " +
          "empties it; VALUE file://F loads F. May be repeated.",
      },
    ],
  },
  {
    title: "Commands on documents and their past",
    flags: [
      {
        name: "history",
        help: "Print who changed the document when and how, newest first.",
      },
      {
        name: "diff",
        value: "REV[..REV]",
        help: "Print what changed since a revision, or between two.",
      },
      {
        name: "rollback",
        value: "REV",
        help: "Make the document again what it was, as a new change.",
      },
      {
        name: "list",
        help: "Print the documents of the primary: id, context, revision, " +
          "time of the last write, size in bytes.",
      },
      {
        name: "delete-context",
        value: "ID",
        help: "Remove document ID, its history and its mirrors. Asks first, " +
          "or needs --yes where nobody can answer.",
      },
      {
        name: "limit",
        value: "N",
        help: "How many rows --history (default: 20) or --list (default: " +
          "all) print at most.",
      },
      {
        name: "prefix",
        value: "TEXT",
        help: "Only ids that begin with it, with --list.",
      },
      {
        name: "output",
        value: "FORMAT",
        default: "text",
        help: "text or json, of --history, --diff and --list.",
      },
      { name: "yes", help: "Answer yes, with --delete-context." },
    ],
  },
  {
    title: "Document",
    flags: [
      {
        name: "id",
        value: "ID",
        env: "CICDSTATEMGR_CONTEXT_DATA_ID",
        inherited: true,
        help: "The document that the command is about.",
      },
      {
        name: "tmpl-ctx-var",
        value: "PATH=EXPR",
        repeatable: true,
        inherited: true,
        help: "Add a variable for templates: EXPR is a JSONPath into the " +
          "document or, where that finds nothing, a text. May be repeated.",
      },
      {
        name: "pre-set-force-reload",
        inherited: true,
        help: "Accepted for old scripts: every change is made to the " +
          "primary's current document.",
      },
    ],
  },
  {
    title: "Conditions and expiry of what is written",
    flags: [
      {
        name: "if-revision",
        value: "N",
        help: "Change the document only if it is at revision N, with --set.",
      },
      {
        name: "if-absent",
        help: "Set only what is not there yet, all or nothing, with --set.",
      },
      {
        name: "ttl",
        value: "TIME",
        help: "Let the document expire this long after its last write: 90s, " +
          "30m, 12h, 7d; 0: never. Default: the config's ttl.",
      },
    ],
  },
  {
    title: "With --init-new",
    flags: [
      {
        name: "init-app-config-file",
        value: "FILE",
        env: "CICDSTATEMGR_INIT_APP_CONFIG_PATH",
        inherited: true,
        help: "The application's pipeline config.",
      },
      {
        name: "init-bases-dir",
        value: "DIR",
        env: "CICDSTATEMGR_BASES_DIR_PATH",
        inherited: true,
        help: "The folder of the bases that it names.",
      },
      {
        name: "init-cicd-context-name",
        value: "NAME",
        default: "stage",
        inherited: true,
        help: "The cicd context to take from it.",
      },
    ],
  },
  {
    title: "With --handle-event",
    flags: [
      {
        name: "dry-run",
        help: "Print what would be sent and set; send and store nothing.",
      },
    ],
  },
  {
    title: "Configuration",
    flags: [
      {
        name: "config",
        value: "FILE",
        env: "CICDSTATEMGR_CONFIG_PATH",
        inherited: true,
        help: "The config (YAML).",
      },
      {
        name: "secrets",
        value: "FILE",
        env: "CICDSTATEMGR_SECRETS_PATH",
        inherited: true,
        help: "The secrets (YAML), merged over the config.",
      },
      {
        name: "log-level",
        short: "l",
        value: "LEVEL",
        default: "INFO",
        inherited: true,
        help: "DEBUG, INFO, WARNING, ERROR or CRITICAL; logs go to stderr.",
      },
    ],
  },
  {
    title: "Other",
    flags: [
      { name: "help", short: "h", inherited: true, help: "Print this help." },
      { name: "version", help: "Print the version." },
    ],
  },
];

/** Every flag, in the order of the help. */
export const FLAGS: readonly Flag[] = FLAG_GROUPS.flatMap(({ flags }) => flags);
