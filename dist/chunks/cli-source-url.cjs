var r=require("./shared.cjs");module.exports={repositoryOf:r.b$1,sourceUrlOf:r.a$1};
