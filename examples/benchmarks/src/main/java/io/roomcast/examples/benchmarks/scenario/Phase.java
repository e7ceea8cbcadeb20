package io.roomcast.examples.benchmarks.scenario;

/** The time in the life of a server's process at which it is measured. */
public enum Phase {
    /** In a new process, which the scenario has for itself. The time does not matter. */
    ANY(""),
    /** In the first seconds of a new process, which the scenario has for itself. */
    COLD("cold"),
    /** After all scenarios have run in the process for a while. */
    WARM("warm");

    private final String title;

    Phase(String title) {
        this.title = title;
    }

    /** Returns the name in the report. */
    public String title() {
        return title;
    }
}
