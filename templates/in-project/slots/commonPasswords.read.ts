const file = new URL("../../assets/common-passwords.txt", import.meta.url);
return new Set(readFileSync(file, "utf8").split("\n").slice(1));
