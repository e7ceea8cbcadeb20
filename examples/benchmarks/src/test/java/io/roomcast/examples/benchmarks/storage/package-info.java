@NullMarked
package io.roomcast.examples.benchmarks.storage;

import org.jspecify.annotations.NullMarked;
