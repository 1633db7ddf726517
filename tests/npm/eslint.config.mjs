// Scripts use only what the browsers of package.json's browserslist know. Biome does all other linting.
import compat from "eslint-plugin-compat";
import es from "eslint-plugin-es-x";

const NEWEST = 2021; // of ECMAScript, as these browsers know it whole
const rules = Object.entries(es.configs[`flat/restrict-to-es${NEWEST}`].rules)
  .filter(([name]) => !name.startsWith("es-x/no-iterator-prototype-")); // arrays have methods of the same names

export default [
  {
    files: ["**/*.js"],
    plugins: { compat, "es-x": es },
    languageOptions: { ecmaVersion: NEWEST, sourceType: "script" },
    settings: {
      "es-x": { aggressive: true },
      polyfills: ["Intl.supportedValuesOf"], // asked for by ?. first
    },
    rules: { "compat/compat": "error", ...Object.fromEntries(rules) },
  },
];
