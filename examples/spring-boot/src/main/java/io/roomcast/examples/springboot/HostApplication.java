package io.roomcast.examples.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The application, with web endpoints on one port and the chat on another. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class HostApplication {
    /** Starts the application, which runs until the process ends. */
    public static void main(String[] arguments) {
        SpringApplication.run(HostApplication.class, arguments);
    }
}
