package io.roomcast.examples.benchmarks.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server under test in a separate process, which ends when its standard input is closed. For one thread. */
public final class ServerProcess implements AutoCloseable {
    private static final String READY = "ready ";
    private static final long TIMEOUT_SECONDS = 5;

    private final Process process;
    private final BufferedReader output;
    private final InetSocketAddress address;

    private ServerProcess(Process process) throws IOException {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(readLine(READY)));
    }

    /** Starts a command and waits until it prints its port. Appends its standard error to the file. */
    public static ServerProcess start(List<String> command, Path errorLog) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errorLog.toFile()))
                .start();
        try {
            return new ServerProcess(process);
        } catch (IOException | NumberFormatException failure) {
            process.destroyForcibly();
            throw new IOException(command + " did not start, see " + errorLog, failure);
        }
    }

    private String readLine(String prefix) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(prefix)) {
                return line.substring(prefix.length());
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
        return new ProcessGauge(process.pid());
    }

    /** Makes the server collect its garbage. Blocks until it has. */
    public void collectGarbage() throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).append("gc\n").flush();
        readLine("collected");
    }

    @Override
    public void close() {
        try {
            process.outputWriter(StandardCharsets.UTF_8).close();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
