package io.roomcast.examples.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** How a server under test talks with who started it: it ends with its input, and collects garbage when asked to. */
final class Console {
    private Console() {}

    /** Tells the port, and blocks until the server is to end. */
    static void serve(int port) throws IOException {
        say("ready " + port);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            if (line.equals("gc")) {
                System.gc();
                say("collected");
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
