export { Cluster, Redis } from "npm:ioredis@6.0.0";
