package io.roomcast.examples.benchmarks.scenario;

import java.util.List;

/**
 * The result of one run of a scenario. Immutable.
 *
 * @param values one value for each unit of the scenario
 * @param starved whether the server did not get its processor
 * @param notes other figures, for the log
 * @param fault what went wrong; empty if nothing did
 */
public record Sample(List<Double> values, boolean starved, String notes, String fault) {}
