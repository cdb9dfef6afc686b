var o=require("./shared-parse.cjs");module.exports={matchGlob:o.b,splitGlob:o.a};
