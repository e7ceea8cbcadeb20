package io.roomcast.examples.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server, or another program of the benchmarks, in a separate process. For one thread. */
public final class ServerProcess implements AutoCloseable {
    /** Prefix of the variables that configure the bundled server. */
    private static final String VARIABLES = "CHAT_";

    private static final Pattern COLLECTED = Pattern.compile("collected");
    private static final long STOP_SECONDS = 20;

    private final Process process;
    private final ProcessHandle server;
    private final boolean console;
    private final BufferedReader output;
    private final InetSocketAddress address;
    private final ProcessGauge gauge;
    private final StartUp startUp;

    private ServerProcess(Process process, Launch launch) throws IOException {
        this.process = process;
        this.console = launch.console();
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.address = new InetSocketAddress(
                InetAddress.getLoopbackAddress(),
                Integer.parseInt(await(launch.ready()).group(1)));
        this.server = server(process);
        this.gauge = new ProcessGauge(server.pid());
        this.startUp = new StartUp(cpuSeconds(), gauge.residentKib());
        if (!console) {
            discardOutput();
        }
    }

    /** Returns the processor time of the server, and of a script that started it. */
    private double cpuSeconds() {
        double first = new ProcessGauge(process.pid()).cpuSecondsWithChildren();
        return server.pid() == process.pid() ? first : first + gauge.cpuSecondsWithChildren();
    }

    private void discardOutput() {
        Thread reader = new Thread(
                () -> {
                    try {
                        output.transferTo(Writer.nullWriter());
                    } catch (IOException ended) {
                        // The server has been stopped.
                    }
                },
                "output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a server and waits until it is ready. Appends its standard error to the file. */
    public static ServerProcess start(Launch launch, Path errorLog) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(launch.command()).redirectError(ProcessBuilder.Redirect.appendTo(errorLog.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith(VARIABLES));
        builder.environment().putAll(launch.environment());
        Process process = builder.start();
        try {
            return new ServerProcess(process, launch);
        } catch (IOException failure) {
            process.destroyForcibly();
            throw new IOException(launch + " did not start, see " + errorLog, failure);
        }
    }

    /** Returns the process of the server itself, which a script may have started. */
    private static ProcessHandle server(Process process) {
        return process.descendants().reduce((first, second) -> second).orElse(process.toHandle());
    }

    /** Reads lines until one matches. */
    private MatchResult await(Pattern line) throws IOException {
        for (String read = output.readLine(); read != null; read = output.readLine()) {
            Matcher matcher = line.matcher(read);
            if (matcher.find()) {
                return matcher.toMatchResult();
            }
        }
        throw new IOException("the server ended");
    }

    /** Returns the server's address. */
    public InetSocketAddress address() {
        return address;
    }

    /** Returns a gauge for the process. */
    public ProcessGauge gauge() {
        return gauge;
    }

    /** Returns what the server used until it was ready. */
    public StartUp startUp() {
        return startUp;
    }

    /** Makes the server collect its garbage. Blocks until it has. */
    public void collectGarbage() throws IOException, InterruptedException {
        if (console) {
            ask("gc", COLLECTED);
        } else {
            gauge.diagnose("GC.run");
        }
    }

    /** Sends a line to a program that reads its standard input. Blocks until it prints a line that matches. */
    public MatchResult ask(String line, Pattern answer) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
        return await(answer);
    }

    /** Ends the server with SIGKILL. Blocks until it has ended. */
    public void kill() {
        server.destroyForcibly();
        server.onExit().join();
        process.destroyForcibly();
    }

    /** Stops the server with SIGTERM. Blocks until it has ended. */
    @Override
    public void close() {
        server.destroy();
        process.destroy();
        try {
            server.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException stuck) {
            server.destroyForcibly();
        } catch (InterruptedException interrupted) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
