var m=require("./shared.cjs");module.exports={namedFile:m.a$11};
