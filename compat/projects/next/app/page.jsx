export default function Page() {
  return <p>POST /publish</p>;
}
