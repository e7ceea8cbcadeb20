/** Compares chats on two nodes over Redis: the cost and latency of deliveries, and what an outage loses. */
@NullMarked
package io.roomcast.examples.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
