import { forwardRejections } from "./http/forward-rejections.js";
