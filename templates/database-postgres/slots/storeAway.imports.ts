import { DatabaseError } from "pg";
