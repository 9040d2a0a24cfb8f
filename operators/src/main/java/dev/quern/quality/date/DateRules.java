package dev.quern.quality.date;

import java.time.ZoneId;

/**
 * What a writer of dates may have meant.
 *
 * @param pivot last of the hundred years that a year of two digits stands for: 2049 reads 49 as
 *     2049 and 50 as 1950
 * @param minguo whether years of up to three digits count from 1912 (民国), years of four do not
 * @param epoch whether texts of digits alone are times since 1970: 10 digits seconds, 13
 *     milliseconds, 16 microseconds
 * @param zone zone of times that name none
 */
public record DateRules(int pivot, boolean minguo, boolean epoch, ZoneId zone) {}
