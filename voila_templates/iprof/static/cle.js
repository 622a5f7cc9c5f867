// A passkey is made and used by the browser: what it is asked for is on the form, its answer goes back in it.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const letters = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (keys) => (keys || []).map((key) => ({ ...key, id: bytes(key.id) }));

function asked(options, adding) {
  const publicKey = { ...options, challenge: bytes(options.challenge) };
  if (!adding) return { publicKey: { ...publicKey, allowCredentials: named(options.allowCredentials) } };
  const user = { ...options.user, id: bytes(options.user.id) };
  return { publicKey: { ...publicKey, user, excludeCredentials: named(options.excludeCredentials) } };
}

function written(key) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (key.response[name]) response[name] = letters(key.response[name]);
  }
  return JSON.stringify({ id: key.id, rawId: letters(key.rawId), type: key.type, response, clientExtensionResults: {} });
}

for (const form of document.querySelectorAll("form[data-options]")) {
  if (!window.PublicKeyCredential) continue; // the other proofs are whole without it
  const adding = form.dataset.ajout === "oui";
  const status = form.querySelector("[data-refus]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    status.textContent = "";
    try {
      const wanted = asked(JSON.parse(form.dataset.options), adding);
      const key = await (adding ? navigator.credentials.create(wanted) : navigator.credentials.get(wanted));
      form.elements.cle.value = written(key);
      form.submit();
    } catch {
      status.textContent = status.dataset.refus;
    }
  });
}
