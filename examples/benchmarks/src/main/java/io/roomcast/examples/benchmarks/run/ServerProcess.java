package io.roomcast.examples.benchmarks.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server under test as a process of its own, which ends with its input; only this process is ever ended. */
public final class ServerProcess implements AutoCloseable {
    private static final String READY = "ready ";
    private static final long PATIENCE_SECONDS = 5;

    private final Process process;
    private final BufferedReader output;
    private final InetSocketAddress address;

    private ServerProcess(Process process) throws IOException {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(after(READY)));
    }

    /** Starts a command and waits until it tells its port; what it complains of goes to the file. */
    public static ServerProcess start(List<String> command, Path complaints) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(complaints.toFile()))
                .start();
        try {
            return new ServerProcess(process);
        } catch (IOException | NumberFormatException failure) {
            process.destroyForcibly();
            throw new IOException(command + " did not start, see " + complaints, failure);
        }
    }

    private String after(String prefix) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(prefix)) {
                return line.substring(prefix.length());
            }
        }
        throw new IOException("the server ended");
    }

    /** Where it serves. */
    public InetSocketAddress address() {
        return address;
    }

    /** Counts what it uses. */
    public ProcessGauge gauge() {
        return new ProcessGauge(process.pid());
    }

    /** Lets the server collect its garbage; returns when it has. */
    public void collectGarbage() throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).append("gc\n").flush();
        after("collected");
    }

    @Override
    public void close() {
        try {
            process.outputWriter(StandardCharsets.UTF_8).close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException hurry) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
