/** Keeps the files that users upload and messages refer to. Its parts block for the stores, and run on threads of their own. */
@NullMarked
package io.roomcast.chat.internal.upload;

import org.jspecify.annotations.NullMarked;
