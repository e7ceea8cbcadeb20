// Files for the client of Roomcast: uploads that continue after a lost connection, and addresses of files.

import type { FilesModule } from "./roomcast";

/** Pass this function to connect: connect({ io, files }). */
export const files: FilesModule;
