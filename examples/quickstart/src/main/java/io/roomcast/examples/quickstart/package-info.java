/** The smallest host: {@link io.roomcast.examples.quickstart.Quickstart} is all of it. */
@NullMarked
package io.roomcast.examples.quickstart;

import org.jspecify.annotations.NullMarked;
