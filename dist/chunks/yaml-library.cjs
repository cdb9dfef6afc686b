var r=require("./shared-parser.cjs");module.exports={library:r.a,readWithLibrary:r.b};
