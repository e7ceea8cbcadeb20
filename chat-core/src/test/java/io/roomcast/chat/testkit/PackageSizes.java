package io.roomcast.chat.testkit;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Map;

/** Counts the top-level types of each package. */
public final class PackageSizes {
    private PackageSizes() {}

    /** Returns the number of top-level types by the package's name. */
    public static Map<String, Long> of(JavaClasses classes) {
        return classes.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(groupingBy(JavaClass::getPackageName, counting()));
    }
}
