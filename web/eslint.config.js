const markup = (/** @type {string} */ property) => ({
  selector: `MemberExpression[property.name='${property}']`,
  message: "Text from people reaches the page through textContent only.",
});

export default [
  { ignores: ["dist/"] },
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-unused-vars": "error",
      "no-var": "error",
      "prefer-const": "error",
      eqeqeq: "error",
      "no-console": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-empty": "error",
      "no-shadow": "error",
      "no-return-assign": "error",
      "no-nested-ternary": "error",
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", { max: 45, skipBlankLines: true, skipComments: true }],
      complexity: ["error", 12],
      "no-restricted-syntax": ["error", ...["innerHTML", "outerHTML", "insertAdjacentHTML"].map(markup)],
    },
  },
  { files: ["build.js"], rules: { "no-console": "off" } },
  { files: ["test/**"], rules: { "max-lines-per-function": "off" } },
];
