.refine((settings) => !hasRepeats({{join "secretLists"}}), {
  path: ["{{join "secretNames"}}"],
  message: "uses one secret twice: {{join "keys.another"}}",
})
