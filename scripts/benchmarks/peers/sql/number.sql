-- The next receipt number of a year; its row stays locked until the transaction ends.
INSERT INTO report_number AS n (year, last) VALUES ($1, 1) ON CONFLICT (year) DO UPDATE SET last = n.last + 1 RETURNING last
