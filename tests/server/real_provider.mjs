// A real provider on this machine: node real_provider.mjs FOLDER PORT KIT, where FOLDER holds oidc-provider.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, port, kit] = process.argv.slice(2);
const found = createRequire(pathToFileURL(`${folder}/`)).resolve("oidc-provider");
const { default: Provider } = await import(pathToFileURL(found));
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "iprof",
      client_secret: "secret du client",
      redirect_uris: [`${kit}/connexion/retour`],
      post_logout_redirect_uris: [`${kit}/connexion`],
      backchannel_logout_uri: `${kit}/connexion/fin`,
      backchannel_logout_session_required: true,
      userinfo_signed_response_alg: "RS256",
    },
  ],
  claims: { openid: ["sub", "identifiant"] },
  features: {
    backchannelLogout: { enabled: true },
    jwtUserinfo: { enabled: true },
    devInteractions: { enabled: true },
    rpInitiatedLogout: { enabled: true },
    userinfo: { enabled: true },
  },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, identifiant: id }) }),
  fetch: (url, { dispatcher, ...words }) => fetch(url, words), // its own dispatcher refuses this machine
  pkce: { required: () => true },
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ouvert"));
