export { secureCors } from "./secure-cors.js";
