var r=require("./shared.cjs");module.exports={problemMatcher:r.c$18,problemMatchers:r.b$18,watchLines:r.a$18};
