var s=require("./shared.cjs");module.exports={clashOf:s.f$5,withOwnRules:s.e$5};
