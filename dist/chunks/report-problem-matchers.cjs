var r=require("./shared.cjs");module.exports={problemMatcher:r.c$19,problemMatchers:r.b$19,watchLines:r.a$19};
