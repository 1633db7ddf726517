// Styles use only what the browsers of package.json's browserslist know. Biome does all other linting.
export default {
  plugins: ["stylelint-no-unsupported-browser-features"],
  rules: {
    "plugin/no-unsupported-browser-features": [
      true,
      {
        ignorePartialSupport: true,
        // Where these are unknown, the page reads as well.
        ignore: [
          "css-color-adjust",
          "css-content-visibility",
          "css-has",
          "css-media-scripting",
          "css-paged-media",
          "text-size-adjust",
        ],
      },
    ],
  },
};
