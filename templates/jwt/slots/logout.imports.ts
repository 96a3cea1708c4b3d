import { z } from "zod";
import { readBody } from "../http/read-body.js";
