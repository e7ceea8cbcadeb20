package io.roomcast.examples.benchmarks.scenario;

/**
 * The processor time that was used during a measurement, in seconds. Immutable.
 *
 * @param seconds the time of the measurement
 * @param server the server's processor time
 * @param compiling the part of it that compilers of the JVM took
 * @param generator the processor time of the load generator and of the database
 * @param others the time that other programs took of the processors of both
 * @param stolen the time that the hypervisor took of these
 */
record Usage(double seconds, double server, double compiling, double generator, double others, double stolen) {
    private static final double DISTURBING = 0.1;
    private static final double FULL = 0.8;

    /**
     * Returns whether the server or the generator did not get its processor. This is so if others took more than a tenth of
     * one. It is also so if the load should saturate the server, but neither the server nor the generator used four fifths
     * of theirs.
     */
    boolean starved(boolean saturating) {
        boolean idle = server < FULL * seconds && generator < FULL * seconds;
        return others + stolen > DISTURBING * seconds || (saturating && idle);
    }

    /** Returns the text for the log. */
    @Override
    public String toString() {
        return "%.1f s: server %s, compiling %s, generator %s, others %s, stolen %s"
                .formatted(
                        seconds,
                        percent(server),
                        percent(compiling),
                        percent(generator),
                        percent(others),
                        percent(stolen));
    }

    private String percent(double part) {
        return "%.0f %%".formatted(100 * part / seconds);
    }
}
