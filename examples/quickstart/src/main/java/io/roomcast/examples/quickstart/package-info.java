/** The smallest chat server, in {@link io.roomcast.examples.quickstart.Quickstart}. */
@NullMarked
package io.roomcast.examples.quickstart;

import org.jspecify.annotations.NullMarked;
