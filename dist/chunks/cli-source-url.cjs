var r=require("./shared.cjs");module.exports={repositoryOf:r.b$3,sourceUrlOf:r.a$3};
