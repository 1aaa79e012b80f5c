/** A part of the demo. */
export interface DemoStep {
  /** What happens, and why one would want it. */
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
        "The run begins. The app's config and its base become one document, which\n" +
        "is stored in SQLite and mirrored into files. The id is printed.",
      lines: [
        `cicdstatemgr --init-new checkout-42 \\
    --init-app-config-file app.yaml --init-bases-dir bases \\
    --init-cicd-context-name stage \\
    --set 'state.git.branch=main | state.git.sha=5c0ffee1d00d' \\
    --set 'state.git.message=Round $(whoami) and \`tax\` "down"'`,
        "ls localdata",
      ],
    },
    {
      text:
        "The test task adds what it found: values, a list, and a list without\n" +
        "duplicates.",
      lines: [
        "cicdstatemgr --set state.tests.passed=128 --set 'state.reports[]=unit.xml,lint.xml'",
        "cicdstatemgr --set 'state.reports[]=browser.xml' --set 'state.labels{}=canary,eu,canary'",
        "cicdstatemgr --get state.reports",
        "cicdstatemgr --get state.labels",
      ],
    },
    {
      text:
        "Values are templates where they are read. This one was rendered when the\n" +
        "document was created; the next is rendered now, with a variable of the task's.",
      lines: [
        "cicdstatemgr --get variables.runUrl",
        "cicdstatemgr --set 'state.summary={{ state.tests.passed }} tests passed on {{ node }}'",
        "cicdstatemgr --get state.summary --tmpl-ctx-var node=runner-7",
      ],
    },
    {
      text:
        "The build task lets the base's generators decide which image it builds.\n" +
        "What they set completes the deploy command.",
      lines: [
        "cicdstatemgr --generate pipelines.build.generators.image",
        "cicdstatemgr --get pipelines.deploy.command",
      ],
    },
    {
      text:
        "A shell task sources the mirror. The commit message stays text: nothing in\n" +
        "it runs.",
      lines: [
        `. localdata/context.sh
  echo "image    $CICD_state__image__ref"
  echo "replicas $CICD_replicas"
  echo "message  $CICD_state__git__message"`,
      ],
    },
    {
      text: "Eight tasks at once, each with a key of its own. None is lost.",
      lines: [
        `for shard in 1 2 3 4 5 6 7 8; do
    cicdstatemgr --set "state.shards.s$shard=passed" &
  done
  wait`,
        "cicdstatemgr --get state.shards",
      ],
    },
    {
      text:
        "A mistake is one line that says what, where, and how to mend it. Nothing is\n" +
        "written.",
      lines: [
        'cicdstatemgr --set state.git.sha.short=5c0ffee1; echo "exit status $?"',
      ],
    },
  ],
};

/** Events, received by a server that plays the chat and the CI engine. */
export const EVENTS: DemoAct = {
  title: "Events: examples/events/",
  example: "events",
  steps: [
    {
      text:
        "The first task creates the document and tells people. What the chat\n" +
        "answered is captured, so that later messages go to the same thread.",
      lines: [
        `cicdstatemgr --init-new checkout-42 --init-app-config-file app.yaml \\
    --set 'state.git.branch=main | state.git.sha=5c0ffee1d00d' \\
    --set 'state.git.message=Round "half" up' \\
    --handle-event build=started`,
        "cicdstatemgr --get state.thread",
      ],
    },
    {
      text:
        "A dry run shows what an event would send and set. Secrets are masked.",
      lines: ["cicdstatemgr --handle-event build=finished --dry-run"],
    },
    {
      text:
        "The event itself: a value is set, people are told, and the deploy\n" +
        "pipeline is triggered. Every delivery is recorded.",
      lines: [
        "cicdstatemgr --handle-event build=finished",
        "cicdstatemgr --get 'state.deliveries[*].handler'",
        "cicdstatemgr --get 'state.deliveries[*].status'",
      ],
    },
  ],
};
