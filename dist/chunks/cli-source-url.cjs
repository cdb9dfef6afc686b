var r=require("./shared.cjs");module.exports={repositoryOf:r.b$2,sourceUrlOf:r.a$2};
