/** A part of the demo. */
export interface DemoStep {
  /** What happens, and why it is useful. */
  readonly text: string;
  /** The command lines. */
  readonly lines: readonly string[];
}

/** A pipeline run of the demo. */
export interface DemoAct {
  readonly title: string;
  /** The folder in `examples/` whose files it uses. */
  readonly example: string;
  readonly steps: readonly DemoStep[];
}

/** From the first task to a mistake. */
export const QUICKSTART: DemoAct = {
  title: "State: examples/quickstart/",
  example: "quickstart",
  steps: [
    {
      text:
        "The first task creates the document from the app's config and its base. It\n" +
        "is stored in SQLite and mirrored to files. The command prints the id.",
      lines: [
        `cicdstatemgr init checkout-42 --app-config app.yaml --bases-dir bases \\
    --set state.git.branch=main --set state.git.sha=5c0ffee1d00d \\
    --set 'state.git.message=Round $(whoami) and \`tax\` "down"'`,
        "ls localdata",
      ],
    },
    {
      text:
        "The test task adds its results: a value, a list, and a list without\n" +
        "duplicates.",
      lines: [
        "cicdstatemgr set --json state.tests.passed=128",
        "cicdstatemgr append state.reports unit.xml lint.xml",
        "cicdstatemgr append state.labels --unique canary eu canary",
        "cicdstatemgr get state.tests.passed state.reports state.labels",
      ],
    },
    {
      text:
        "Values can be templates. This one was rendered when the document was\n" +
        "created. The next one is rendered now, with a variable from the task.",
      lines: [
        "cicdstatemgr get variables.runUrl",
        "cicdstatemgr set 'state.summary={{ state.tests.passed }} tests passed on {{ node }}'",
        "cicdstatemgr get state.summary --var node=runner-7",
      ],
    },
    {
      text:
        "The build task runs the base's generators, which name the image. That\n" +
        "completes the deploy command.",
      lines: [
        "cicdstatemgr generate pipelines.build.generators.image",
        "cicdstatemgr get pipelines.deploy.command",
      ],
    },
    {
      text:
        "A shell task sources the mirror. The commit message stays a string: nothing\n" +
        "in it is executed.",
      lines: [
        `. localdata/context.sh
  echo "image    $CICD_state__image__ref"
  echo "replicas $CICD_replicas"
  echo "message  $CICD_state__git__message"`,
      ],
    },
    {
      text:
        "Eight tasks write at the same time, each its own key. No write is lost.",
      lines: [
        `for shard in 1 2 3 4 5 6 7 8; do
    cicdstatemgr set "state.shards.s$shard=passed" &
  done
  wait`,
        "cicdstatemgr get state.shards",
      ],
    },
    {
      text:
        "A mistake is one line that says what is wrong, where, and how to fix it.\n" +
        "Nothing is written.",
      lines: [
        'cicdstatemgr set state.git.sha.short=5c0ffee1; echo "exit status $?"',
      ],
    },
  ],
};

/** Events, received by a server that stands in for the chat and the CI engine. */
export const EVENTS: DemoAct = {
  title: "Events: examples/events/",
  example: "events",
  steps: [
    {
      text:
        "The first task creates the document and posts a message. The thread of the\n" +
        "chat's answer is captured, so later messages go to the same thread.",
      lines: [
        `cicdstatemgr init checkout-42 --app-config app.yaml \\
    --set state.git.branch=main --set state.git.sha=5c0ffee1d00d \\
    --set 'state.git.message=Round "half" up' --event build=started`,
        "cicdstatemgr get state.thread",
      ],
    },
    {
      text:
        "A dry run shows what an event would send and set. Secrets are masked.",
      lines: ["cicdstatemgr event build finished --dry-run"],
    },
    {
      text:
        "The event itself sets a value, posts a message and triggers the deploy\n" +
        "pipeline. Every delivery is recorded.",
      lines: [
        "cicdstatemgr event build finished",
        "cicdstatemgr get 'state.deliveries[*].handler' 'state.deliveries[*].status'",
      ],
    },
  ],
};
