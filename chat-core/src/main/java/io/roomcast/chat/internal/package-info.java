/** The pipeline that runs a command: validate, authorise, handle, publish. */
@NullMarked
package io.roomcast.chat.internal;

import org.jspecify.annotations.NullMarked;
