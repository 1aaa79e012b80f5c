/**
 * Makes the certificates of an authority (`ca`), a server and a client on
 * loopback, each as `NAME.crt` and `NAME.key`.
 */
export async function makeCertificates(folder: string): Promise<void> {
  await openssl(folder, [
    ..."req -x509 -nodes -days 2 -newkey ec -pkeyopt ec_paramgen_curve:P-256"
      .split(" "),
    ..."-keyout ca.key -out ca.crt -subj /CN=test-ca".split(" "),
  ]);
  const names = "subjectAltName=IP:127.0.0.1,DNS:localhost";
  for (const name of ["server", "client"]) {
    await openssl(folder, [
      ..."req -x509 -nodes -days 2 -newkey ec -pkeyopt ec_paramgen_curve:P-256"
        .split(" "),
      ...`-CA ca.crt -CAkey ca.key -subj /CN=${name}`.split(" "),
      ...`-keyout ${name}.key -out ${name}.crt -addext ${names}`.split(" "),
      ..."-addext basicConstraints=critical,CA:FALSE".split(" "),
    ]);
  }
}

async function openssl(folder: string, args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command("openssl", {
    args,
    cwd: folder,
    stdin: "null",
    stdout: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}
