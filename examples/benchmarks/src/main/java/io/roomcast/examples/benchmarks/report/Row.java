package io.roomcast.examples.benchmarks.report;

/**
 * A row of figures. Immutable.
 *
 * @param title what is measured, and its unit
 * @param phase when it is measured; empty if that makes no difference
 */
public record Row(String title, String phase) {}
