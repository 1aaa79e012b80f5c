/**
 * Returns the help of `help start`: two pipelines that share a document, to copy.
 *
 * @returns The text, at most 79 columns wide.
 */
export function startHelp(): string {
  return `Two pipelines that share a document in SQLite.

config.yaml says where documents live:
  cicdstatemgr:
    datasources:
      sqlite: { path: localdata/state.db, isPrimary: true }

app.yaml says how pipelines behave for an application:
  cicd-contexts:
    stage:
      generators:
        image:
          name:
            set:
              - key: state.image
                value: "registry.local/checkout:{{ state.tag }}"

Every step of both pipelines has these variables:
  export CICDSTATEMGR_CONFIG_PATH=config.yaml
  export CICDSTATEMGR_CONTEXT_DATA_ID=checkout-42

The build pipeline creates the document, and its jobs add their results:
  cicdstatemgr init checkout-42 --app-config app.yaml --set state.tag=v1.4.0
  for shard in unit api ui; do
    cicdstatemgr append state.results "$shard passed" &
  done
  wait
  cicdstatemgr generate generators.image
  cicdstatemgr set state.built=yes

The deploy pipeline waits for it and for somebody's approval, and passes the
image on to the next step of GitHub Actions:
  cicdstatemgr wait state.built --timeout 30m
  cicdstatemgr wait state.approved --equals yes --timeout 4h
  cicdstatemgr export state.image --format github-output --out "$GITHUB_OUTPUT"

Somebody approves:
  cicdstatemgr set state.approved=yes

cicdstatemgr validate app.yaml checks the files. cicdstatemgr help COMMAND shows
the arguments, flags and examples of a command.
`;
}
