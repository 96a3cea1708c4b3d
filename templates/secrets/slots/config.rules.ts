.refine((settings) => !hasRepeats({{join "secretLists"}}), {
  path: ["{{join "secretNames"}}"],
  message: "uses one secret twice: make another with `{{packageManager}} run keys`",
})
