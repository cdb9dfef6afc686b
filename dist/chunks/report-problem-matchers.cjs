var r=require("./shared.cjs");module.exports={problemMatcher:r.c$22,problemMatchers:r.b$22,watchLines:r.a$22};
