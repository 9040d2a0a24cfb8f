package dev.quern.testkit.planted.privacy;

/** What another stage must not use. */
public record Mask(String text) {}
