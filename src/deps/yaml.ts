export * from "npm:js-yaml@5.5.0";
