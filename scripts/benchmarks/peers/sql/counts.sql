-- The answer to Q3, whole.
SELECT '{"data":{"reportStatistics":{"rows":'
  || json_agg(json_build_object('key', json_build_array(district, status), 'count', n))::text || '}}}'
FROM (
  SELECT CASE WHEN length(region_code) >= 8 THEN substr(region_code, 1, 8) END AS district, status, count(*) AS n
  FROM report GROUP BY 1, 2 ORDER BY 1, 2
) AS grouped
