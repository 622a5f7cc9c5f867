// Voilà's front end wants a formula renderer; no page of the kit holds a formula.
const nothing = () => {};
window.MathJax = { Hub: { Config: nothing, Configured: nothing, Queue: nothing, Typeset: nothing,
  Register: { StartupHook: nothing } } };
