//! Distances and directions on a spherical Earth.

/// Mean radius of the Earth in kilometres.
const RADIUS_KM: f64 = 6371.0;

/// A point as a unit vector: many distances from one point cost three products each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct UnitVector {
    x: f32,
    y: f32,
    z: f32,
}

impl UnitVector {
    /// The point at this latitude and longitude in degrees.
    pub(crate) fn new((lat, lon): (f64, f64)) -> Self {
        let (lat, lon) = (lat as f32 * (std::f32::consts::PI / 180.0), lon as f32 * (std::f32::consts::PI / 180.0));
        let flat = libm::cosf(lat);
        Self { x: flat * libm::cosf(lon), y: flat * libm::sinf(lon), z: libm::sinf(lat) }
    }

    /// The cube of this width in kilometres that the point lies in: points nearer than that are in the same or in cubes
    /// that touch.
    pub(crate) fn cube(self, km: f32) -> [i16; 3] {
        [self.x, self.y, self.z].map(|axis| libm::floorf(axis * (RADIUS_KM as f32 / km)) as i16)
    }

    /// The straight line between two points through the Earth, in kilometres: within 3 % of the great circle up to 5,000 km.
    pub(crate) fn chord_km(self, other: Self) -> f32 {
        let (x, y, z) = (self.x - other.x, self.y - other.y, self.z - other.z);
        libm::sqrtf(x * x + y * y + z * z) * RADIUS_KM as f32
    }
}

/// Where one comes to, `km` kilometres from `from` (degrees) in the direction `bearing` (degrees clockwise from north).
pub(crate) fn destination(from: (f64, f64), km: f64, bearing: f64) -> (f64, f64) {
    let (lat, lon) = (from.0.to_radians(), from.1.to_radians());
    let angle = km / RADIUS_KM;
    let bearing = bearing.to_radians();
    let sin_lat = libm::sin(lat) * libm::cos(angle) + libm::cos(lat) * libm::sin(angle) * libm::cos(bearing);
    let to = libm::asin(sin_lat.clamp(-1.0, 1.0));
    let east = libm::sin(bearing) * libm::sin(angle) * libm::cos(lat);
    let north = libm::cos(angle) - libm::sin(lat) * sin_lat;
    let turned = lon.to_degrees() + libm::atan2(east, north).to_degrees();
    let wrapped = if turned > 180.0 {
        turned - 360.0
    } else if turned < -180.0 {
        turned + 360.0
    } else {
        turned
    };
    (to.to_degrees(), wrapped)
}

/// The middle of some points, in degrees.
pub(crate) fn middle(points: &[(f64, f64)]) -> (f64, f64) {
    let mut sum = [0.0; 3];
    for (lat, lon) in points.iter().map(|(lat, lon)| (lat.to_radians(), lon.to_radians())) {
        let flat = libm::cos(lat);
        sum[0] += flat * libm::cos(lon);
        sum[1] += flat * libm::sin(lon);
        sum[2] += libm::sin(lat);
    }
    let flat = libm::sqrt(sum[0] * sum[0] + sum[1] * sum[1]);
    (libm::atan2(sum[2], flat).to_degrees(), libm::atan2(sum[1], sum[0]).to_degrees())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_is_111_km() {
        let (lat, lon) = destination((35.0, 44.0), 111.195, 0.0);
        assert!((lat - 36.0).abs() < 1e-3 && (lon - 44.0).abs() < 1e-9, "{lat} {lon}");
        let km = UnitVector::new((35.0, 44.0)).chord_km(UnitVector::new((36.0, 44.0)));
        assert!((km - 111.2).abs() < 0.5, "{km}");
    }

    #[test]
    fn the_date_line_is_crossed() {
        let (_, lon) = destination((0.0, 179.9), 50.0, 90.0);
        assert!((-180.0..-179.0).contains(&lon), "{lon}");
        let (_, lon) = destination((0.0, -179.9), 50.0, 270.0);
        assert!((179.0..180.0).contains(&lon), "{lon}");
    }

    #[test]
    fn the_middle_holds_across_the_date_line() {
        let (lat, lon) = middle(&[(1.0, 179.0), (-1.0, -179.0)]);
        assert!(lat.abs() < 1e-9 && (lon.abs() - 180.0).abs() < 1e-9, "{lat} {lon}");
    }
}
